-- 育児休業等終了時改定・産前産後休業終了時改定 are decisions of their own: one grade is enough for them, and a correction of
-- one follows another rule than that of a 随時改定.
ALTER TABLE standard_remunerations
    DROP CONSTRAINT IF EXISTS standard_remunerations_decision_check,
    ADD CONSTRAINT standard_remunerations_decision_check
        CHECK (decision IN ('acquisition', 'annual', 'revision', 'leave_end', 'conversion'));
COMMENT ON COLUMN standard_remunerations.decision IS '決定の種類: acquisition 取得時決定, annual 定時決定, revision 随時改定, leave_end 育児休業等終了時改定・産前産後休業終了時改定, conversion 移行';
