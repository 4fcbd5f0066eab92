unsigned a = 18446744073709551615ul;
unsigned char b = 300u, c = 300;
signed char d = 300u;
