// run: %idem cc -ffunction-sections -fdata-sections -c %s -o %t/a.o
// run: %idem cc -Wl,--gc-sections %t/a.o -o %t/a && %t/a
// run: %idem nm %t/a | grep -c ' unused_' || :
// needs: musl-gcc
// out: 5
// out: 0
int printf(const char *, ...);
int unused_data[100] = { 1 }; int unused_function(void) { return unused_data[3]; }
int used_data[2] = { 4, 5 };
int main(void) { printf("%d\n", used_data[1]); return 0; }
