// out: 7 8 1 8 1 1 9
// out: 6 2 11 6
#include <stdio.h>
__attribute__((section("mydata"))) int a = 5, b = 6;
__attribute__((section("mytext"), noinline)) static int f(void) { return 7; }
int real(int x) { return x * 2; }
int also(int) __attribute__((alias("real")));
__attribute__((weak)) int soft(void) { return 8; }
extern int missing(void) __attribute__((weak));
extern int nowhere __attribute__((weak));
__attribute__((visibility("hidden"))) int hid = 9;
extern int also_a __attribute__((alias("a")));
extern int __start_mydata, __stop_mydata;
__attribute__((used)) static int kept = 3;
int renamed(void) __asm__("other_name");
int renamed(void) { return 11; }
extern int again(void) __asm__("other_name");
int main(void)
{
    printf("%d %d %d %d %d %d %d\n", f(), also(4), also == real, soft(), missing == 0, &nowhere == 0, hid);
    also_a++;
    printf("%d %d %d %d\n", a, (int)(&__stop_mydata - &__start_mydata), again(), __start_mydata);
    return 0;
}
