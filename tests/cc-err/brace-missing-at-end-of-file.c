// exit: 1
// err: brace-missing-at-end-of-file.c:8:18: error: expected declaration or statement at end of input
// err:          return 1;
// err:                   ^
int f(void)
{
    if (1) {
        return 1;
