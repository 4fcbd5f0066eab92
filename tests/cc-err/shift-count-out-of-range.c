int f(int a) { return a << 32 | a >> -1 | 1 << 40 | (a <<= 33); }
