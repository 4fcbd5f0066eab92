// run: for o in -fPIC -fpic -fPIE -fno-pic -fno-pie; do %idem cc $o %s -o %t/a && %t/a; done | uniq -c | sed 's/^ *//'
// needs: musl-gcc
// out: 5 7 string 42 9
#include <stdio.h>
int global = 3; static int local = 4; extern char **environ; static int f(int x) { return x; }
static const char *const text = "string"; int (*fp)(int) = f; int arr[10] = { [4] = 9 }; int *ap = &arr[4];
int main(void) { printf("%d %s %d %d\n", global + local, text, fp(42), *ap + (environ == 0)); return 0; }
