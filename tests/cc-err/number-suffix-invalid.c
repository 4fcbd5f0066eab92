// exit: 1
int a = 123abc;
int b = 0x;
int c = 089;
double d = 1.5x;
double e = 1e;
int g = 0b12;
int h = 1uu;
