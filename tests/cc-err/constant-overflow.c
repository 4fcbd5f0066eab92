int a = 2147483647 + 1;
int b = 1 << 30 << 5;
unsigned char c = 300;
signed char d = -200;
int e = 2147483647 * 2;
unsigned f = 4294967295u + 1u;
unsigned char g = -1;
