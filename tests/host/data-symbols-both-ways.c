// exit: 1
// err: /usr/bin/ld: %t/gb.o:(.bss+0x0): multiple definition of `tentative'; %t/ia.o:(.bss+0x0): first defined here
// err: collect2: error: ld returned 1 exit status
// Objects, arrays, strings, function addresses and weak symbols of the other compiler.
extern int number, array[4]; extern const char *const text; extern int (*handler)(int); extern struct s { char c; long l; } record;
int twice(int); __attribute__((weak)) int absent(void); extern __attribute__((weak)) int absent_data;
int tentative;
#ifdef A
int printf(const char *, ...);
int number = 5; const char *const text = "text"; int (*handler)(int) = twice;
static int *inside = &array[2];
int main(void)
{
    printf("%d %d %s %d %ld %d %d %d\n", array[1], *inside, text + 1, handler(number), record.l, absent != 0, &absent_data != 0, tentative);
    return 0;
}
#else
int array[4] = { 1, 2, 3, 4 }; struct s record = { 'c', -1 };
static int *other = &number;
int twice(int x) { array[1] += *other; tentative += 3; return handler == twice ? 2 * x : 0; }
#endif
