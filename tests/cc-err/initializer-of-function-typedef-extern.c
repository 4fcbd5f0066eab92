// exit: 1
typedef int t = 1;
int f(void) = 2;
extern int e = 3;
struct u v = { 1 };
