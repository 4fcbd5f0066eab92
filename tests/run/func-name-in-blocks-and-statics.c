// out: outer main 5
#include <stdio.h>
static const char *outer(void) { static const char *p; p = __func__; { const char *q = __func__; return p == q ? q : "differ"; } }
int main(void) { printf("%s %s %d\n", outer(), ({ __func__; }), (int)sizeof(__func__)); return 0; }
