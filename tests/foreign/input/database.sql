CREATE TABLE number(n INTEGER PRIMARY KEY, square INTEGER, name TEXT, half REAL);
BEGIN;
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1500)
INSERT INTO number SELECT i, i * i, printf('%04x-%s', i * 7919 % 1009, substr('abcdefghij', i % 7 + 1, i % 4)), i / 2.0 FROM c;
COMMIT;
CREATE INDEX by_name ON number(name);
SELECT count(*), sum(square), min(name), max(name), printf('%.3f', avg(half)) FROM number;
WITH RECURSIVE p(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM p WHERE i < 300)
SELECT group_concat(i) FROM p WHERE NOT EXISTS (SELECT 1 FROM number WHERE n > 1 AND n * n <= i AND i % n = 0);
SELECT a.n, b.n, a.name FROM number a JOIN number b ON a.name = b.name AND a.n < b.n ORDER BY a.n, b.n LIMIT 5;
SELECT substr(name, 1, 1) AS c, count(*), printf('%.4f', sum(half * half)) FROM number GROUP BY c HAVING count(*) > 10 ORDER BY 2 DESC, 1;
SELECT n, upper(name), hex(name), length(name) FROM number WHERE name LIKE '%abc' OR name GLOB '00f*' ORDER BY name DESC LIMIT 6;
BEGIN;
DELETE FROM number WHERE n % 3 = 0;
SELECT count(*) FROM number;
ROLLBACK;
UPDATE number SET name = name || '!' WHERE square BETWEEN 100 AND 10000;
SELECT count(*), sum(length(name)) FROM number WHERE name LIKE '%!';
SELECT n, sum(square) OVER (ORDER BY n ROWS 2 PRECEDING), rank() OVER (ORDER BY length(name)) FROM number WHERE n < 8 ORDER BY n;
CREATE TRIGGER keep AFTER DELETE ON number BEGIN INSERT INTO number VALUES(old.n + 100000, 0, 'gone', NULL); END;
DELETE FROM number WHERE n IN (5, 6, 7);
SELECT n, name, half IS NULL FROM number WHERE n > 100000;
