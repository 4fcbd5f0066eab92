// run: for m in medany medlow; do %idem cc -target riscv64-linux-gnu -mcmodel=$m %s -o %t/$m && qemu-riscv64 %t/$m; %idem cc -target riscv64-linux-gnu -mcmodel=$m -c %s -o %t/$m.o; %idem objdump -r %t/$m.o | grep -o 'R_RISCV_[A-Z0-9_]*HI20' | sort | uniq -c | tr -s ' '; done
// run: %idem cc -target riscv64-linux-gnu -mcmodel=medlow -fpie -c %s -o %t/pie.o && cmp %t/pie.o %t/medany.o && echo -fpie asks for medany
// needs: qemu-riscv64 riscv64-linux-gnu-gcc
// out: 254.612 x
// out:  8 R_RISCV_PCREL_HI20
// out: 254.612 x
// out:  8 R_RISCV_HI20
// out: -fpie asks for medany
#include <stdio.h>
int a[10], b = 4;
static double pi = 3.14159;
static int choose(int x)
{
    switch (x) { case 0: return 5; case 1: return 7; case 2: return 1; case 3: return 9; case 4: return 11; case 5: return 8; }
    return 0;
}
int main(void)
{
    double s = 1.0 / 7;
    for (int i = 0; i < 10; i++) a[i] = choose(i) + b;
    for (int i = 0; i < 10; i++) s += a[i] * pi;
    printf("%g %s\n", s, "x");
    return 0;
}
