int f(int a, int b, int c)
{
    if (a = b) c++;
    while (a = c) b++;
    if ((a = b)) c++;
    if (a && b || c) c++;
    return a << b + c | a & b == c | (a < b < c);
}
