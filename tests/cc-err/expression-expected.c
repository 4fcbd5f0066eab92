// exit: 1
int f(int a)
{
    a = ;
    a = a + * ;
    return ) ;
    f(a, );
    a = (int);
    a[ ];
}
