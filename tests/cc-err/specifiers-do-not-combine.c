// exit: 1
long char a;
short double b;
signed unsigned c;
int float d;
long long long e;
unsigned struct s { int a; } f;
void int g;
