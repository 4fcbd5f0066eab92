int f(int a, unsigned b, unsigned char c, long d, unsigned long e)
{
    return (a < b) + (a < c) + (c < b) + (d < b) + (d < e) + (a == 5u) + (b > 3) + (b < -1);
}
