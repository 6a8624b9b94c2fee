-- A notice asks for money. What is given back of one levy is not set off against another without a decision (充当).

ALTER TABLE notices ADD CONSTRAINT notices_no_negative_levy CHECK (hi_yen >= 0 AND epi_yen >= 0 AND contribution_yen >= 0);
