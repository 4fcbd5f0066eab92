// exit: 1
int f(int a)
{
    case 1: ;
    default: ;
    switch (a) {
    case 1: return 1;
    case 2 ... 5: return 2;
    case 3: return 3;
    case 1: return 4;
    default: return 5;
    default: return 6;
    case 9 ... 8: ;
    }
    return 0;
}
