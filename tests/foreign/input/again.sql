PRAGMA integrity_check;
VACUUM;
SELECT count(*), sum(n), sum(length(name)) FROM number;
PRAGMA integrity_check;
