-- Two times on every fact that can be corrected: valid_from / valid_to are what the law speaks of,
-- known_at / superseded_at are when the office knew. A posted row is never edited or deleted; the one
-- column that ever changes is superseded_at, once, from empty to an instant.

CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'NENRIN_POSTED: rows of % are posted and are neither edited nor deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
COMMENT ON FUNCTION forbid_change() IS '記帳済みの行の変更・削除の禁止';

CREATE FUNCTION only_supersede() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL
        OR NEW.superseded_at IS NULL
        OR NEW.superseded_at < OLD.known_at
        OR (to_jsonb (NEW) - 'superseded_at') <> (to_jsonb (OLD) - 'superseded_at')
    THEN
        RAISE EXCEPTION 'NENRIN_POSTED: in % only superseded_at may change, once', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION only_supersede() IS '訂正は新しい行で行い、旧行は superseded_at だけを一度記入する';

-- Puts the guards on a table of facts (two times) or of posted rows (one time). Row triggers of a partitioned table
-- reach its partitions by themselves; a TRUNCATE of one partition would not meet them, so each gets its own.
CREATE PROCEDURE guard_truncate(target regclass) LANGUAGE plpgsql AS $$
DECLARE
    one regclass;
BEGIN
    FOR one IN SELECT target UNION SELECT relid FROM pg_partition_tree(target) LOOP
        EXECUTE format('CREATE TRIGGER never_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()', one);
    END LOOP;
END
$$;
COMMENT ON PROCEDURE guard_truncate(regclass) IS '表とその区分に、全行削除の禁止を付ける';

CREATE PROCEDURE guard_fact(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER only_supersede BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION only_supersede()', target);
    EXECUTE format('CREATE TRIGGER never_delete BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION forbid_change()', target);
    CALL guard_truncate(target);
END
$$;
COMMENT ON PROCEDURE guard_fact(regclass) IS '二つの時刻を持つ事実の表に、訂正の規則を付ける';

CREATE PROCEDURE guard_posted(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION forbid_change()', target);
    CALL guard_truncate(target);
END
$$;
COMMENT ON PROCEDURE guard_posted(regclass) IS '追記だけの表に、変更・削除の禁止を付ける';
