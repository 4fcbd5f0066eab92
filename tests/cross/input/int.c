int array[4];
long f(long a, int i) { return a * i + array[i & 3] / (a | 1); }
