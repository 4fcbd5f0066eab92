// exit: 1
int f(int a)
{
    if (a == 1 {
        return 2;
    }
    while a) return 3;
    return 0;
}
