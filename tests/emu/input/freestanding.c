/* exit: 9 */
#include "rt/rt.h"

int main(int argc, char **argv, char **envp)
{
    RtFile f;
    (void)envp;
    rt_file_init(&f, 1);
    rt_file_fmt(&f, "%d arguments, the first is %s\n", argc, argv[1]);
    rt_file_flush(&f);
    return 9;
}
