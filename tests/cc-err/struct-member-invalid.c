// exit: 1
struct u;
struct s { void v; int f(void); struct u w; int a[]; int b; static int c; struct s self; };
union v { int a[]; };
