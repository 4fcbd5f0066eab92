// err: declaration-after-label-and-case.c:14:5: warning: label 'end' defined but not used [-Wunused-label]
// err:      end:
// err:      ^~~
// err: declaration-after-label-and-case.c:15:1: warning: control reaches end of non-void function [-Wreturn-type]
// err:  }
// err:  ^
int f(int a)
{
    switch (a) {
    case 1:
        int x = 2;
        return x;
    }
    end:
}
