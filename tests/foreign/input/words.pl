# Words of a file with their counts, most frequent first; then how floats, big strings, sorting and closures do.
my %count;
open(my $f, '<', $ARGV[0]) or die;
while (<$f>) { $count{lc $1}++ while /\b([a-z]{2,})\b/g }
close $f;
my @order = sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
print "$_ $count{$_}\n" for @order[0 .. 39];
printf "%d words, %.10f, %s\n", scalar @order, atan2(1, 1) * 4, join ',', map { sprintf '%b', $_ } 5 .. 9;
my @c = map { my $n = $_; sub { $n += shift } } 1 .. 3;
print join(' ', map { $_->(10) } @c), "\n";
(my $s = 'x' x 20000) =~ s/(x{3})(x)/$2y/g;
print length($s), ' ', ($s =~ tr/y//), ' ', unpack('%32C*', $s), "\n";
my $text = eval { die { code => 42 } } || $@->{code};
print "$text ", pack('N', 0x41424344), ' ', reverse('abc') . '', "\n";
