// exit: 1
int a;
void a(void);
typedef int t;
int t;
enum { e };
int e;
