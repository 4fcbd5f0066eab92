// run: %idem cc -fvisibility=hidden -c %s -o %t/a.o
// run: %idem cc -fPIC -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 3 4 5
extern int data __attribute__((visibility("hidden"))); int hidden(void) __attribute__((visibility("hidden"))); extern int open_data;
#ifdef OTHER
int data = 3, open_data = 5; int hidden(void) { return 4; }
#else
int printf(const char *, ...);
int main(void) { printf("%d %d %d\n", data, hidden(), open_data); return 0; }
#endif
