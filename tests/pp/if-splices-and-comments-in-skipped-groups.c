// out: yes
// out: end
#if 0
a \
#else
// comment \
#else
/*
#else
*/
"str\
#else
"
#/**/else
yes
# /* x
*/ endif
end
