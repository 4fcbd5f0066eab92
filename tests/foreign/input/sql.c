/* A shell for static linking: runs the statements of standard input on the database named, and prints rows as sqlite3's list mode does. */
#include <sqlite3.h>
#include <stdio.h>

static int row(void *unused, int n, char **values, char **names)
{
    for (int i = 0; i < n; i++)
        printf("%s%s", i ? "|" : "", values[i] ? values[i] : "");
    puts("");
    return 0;
}

int main(int argc, char **argv)
{
    static char text[1 << 16];
    sqlite3 *db;
    char *error = NULL;
    text[fread(text, 1, sizeof text - 1, stdin)] = 0;
    if (argc != 2 || sqlite3_open(argv[1], &db))
        return 2;
    if (sqlite3_exec(db, text, row, NULL, &error)) {
        puts(error);
        return 1;
    }
    return sqlite3_close(db);
}
