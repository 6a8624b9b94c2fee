-- "Where is my form" says why the night held a filing (保留): a terminal looks it up by the record, in whatever run.

CREATE INDEX run_verdicts_by_subject ON run_verdicts (subject);
