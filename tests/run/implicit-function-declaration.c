// run: %idem cc -std=gnu89 -w %s -o %t/a
// run: %t/a
// needs: musl-gcc
// out: 4 1
main()
{
    int r = later(3);
    printf("%d %d\n", r, strlen("four") == 4);
    return 0;
}
later(x) { return x + 1; }
