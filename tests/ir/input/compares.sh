# compares.sh: IR of all float relations, quiet and signaling, with their flags observed: name(a, b) = relation | flags << 1; and a
# table of them in C. $1: the folder for both.
exec >"$1/compares.ir"
ops="foeq fone folt fole fogt foge ford fueq fune fult fule fugt fuge funo"
for o in $ops; do
    for s in "" " signaling"; do
        for t in f64 f32; do
            printf 'func @%s_%s%s(fp0.%s, fp1.%s) -> int0.i32 {\nb0:\n  v1 = param.%s 0\n  v2 = param.%s 1\n' $o $t "${s:+_s}" $t $t $t $t
            printf '  fflags_set 0\n  v4 = %s.%s v1, v2 strict%s\n  v5 = fflags_get.i32\n  v6 = shl.i32 v5, 1\n  v7 = or.i32 v6, v4\n  ret v7\n}\n' $o $t "$s"
            printf '%s %s %s\n' $o $t "${s:+_s}" >>"$1/names"
        done
        printf 'func @%s_dead%s(fp0.f64, fp1.f64) -> int0.i32 {\nb0:\n  v1 = param.f64 0\n  v2 = param.f64 1\n' $o "${s:+_s}"
        printf '  fflags_set 0\n  v4 = %s.f64 v1, v2 strict%s\n  v5 = fflags_get.i32\n  v6 = shl.i32 v5, 1\n  ret v6\n}\n' $o "$s"
        printf '%s dead %s\n' $o "${s:+_s}" >>"$1/names"
    done
done
while read -r o t s; do
    case $t in f32) c=float ;; *) c=double ;; esac
    echo "unsigned ${o}_$t$s($c, $c);"
done <"$1/names" >"$1/compares.h"
{
    echo 'static void all(void) {'
    while read -r o t s; do
        echo "    check_$t(\"$o\", ${o}_$t$s, ${s:+1 +} 0);"
    done <"$1/names"
    echo '}'
} >>"$1/compares.h"
