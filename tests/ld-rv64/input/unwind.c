#include <stdio.h>
#include <unwind.h>
static _Unwind_Reason_Code count(struct _Unwind_Context *c, void *n) { (void)c; ++*(int *)n; return _URC_NO_REASON; }
__attribute__((noinline)) int deep(int d)
{
    volatile int n = 0;
    if (d)
        n = deep(d - 1);
    else
        _Unwind_Backtrace(count, (void *)&n);
    return n;
}
int main(void) { printf("%d\n", deep(5) >= 3); return 0; }
