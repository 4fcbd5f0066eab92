// out: 13
#include <stdio.h>
int main(void)
{
    int x = 3, n = 0;
    switch (x) n = 1;
    switch (x) case 3: n += 2;
    switch (x) { default: n += 4; }
    switch (n++) { int y; case 6: y = 5; n += y; }
    switch (x) { case 3: ; }
    switch (({ n++; x; })) { case 1: n = 100; }
    printf("%d\n", n);
    return 0;
}
