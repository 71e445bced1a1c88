/**
 * Expressions over every function of the CEL libraries, with arguments from pools of ordinary and of hostile values, one
 * JSON object a line. `bench/cel-oracle` says what Kubernetes and cel-go make of them; what it says is the golden file of
 * `packages/policy/src/cel/libraries/oracle.spec.ts`:
 *
 *   (cd bench/cel-oracle && go mod init oracle && go get k8s.io/apiserver@v0.37.2 && go mod tidy && go build)
 *   cd packages/policy/src/cel/libraries/__golden__
 *   node …/bench/cel-oracle.mjs 10 | …/bench/cel-oracle/oracle oracle-object.json > oracle.jsonl
 *
 * The number is that of expressions for each shape of a call: 10 make the golden file, 40 were compared once.
 */
import { getComprehensionSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { randomExpressions } from './cel-oracle/random-expressions.mjs';

const perFunction = Number(process.argv[2] ?? 10);

/** Values in one line: between them stands what is in none. */
const pool = (text) => text.split('¦');

const quoted = (text) =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/[\n\t\r\0\u200b\ud800-\udfff]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
const strings = pool(
  '¦a¦abc¦hello mellow¦ \t trim\u00a0 ¦aaa¦A-b_C¦üñí¦a😁b😑c¦one,two,,three¦%d¦x"y\\z¦\u200b\n¦İI¦0',
).map(quoted);
const parts = ['', 'a', 'l', 'ello', ',', 'zz', '😁', 'b😑', 'aa', ' '].map(quoted);
const ints = ['0', '1', '2', '3', '5', '-1', '100', '9223372036854775807', '-9223372036854775808'];
const uints = ['0u', '1u', '7u', '18446744073709551615u'];
const doubles = pool(
  "0.0¦-0.0¦1.5¦-2.5¦2.5¦1e6¦1e21¦123456.789¦1e-7¦double('NaN')¦double('Infinity')¦double('-Infinity')¦0.125¦9007199254740993.0",
);
const quantities = pool(
  '0¦1¦-1¦1.0¦.5¦-¦5.¦1000m¦1n¦0.1n¦1.5Gi¦1Ki¦1024¦0.5Ki¦2Ei¦9Ei¦100Ei¦1e3¦1E3¦1e-3¦1E¦12e¦1e-12¦999999999999999999¦9999999999999999999¦123456789012345678901234567890¦1.1u¦5k¦00005¦3.000¦1e+2¦-1.5Mi¦1e400¦0Ki¦-0.1n',
);
const badQuantities = pool(
  '¦ 1¦1 ¦1.2.3¦abc¦1kk¦Ki¦1iK¦0x1¦1e¦1e1.5¦1_0¦--1¦1m5¦+¦.¦1e99999999999999999999¦1.e3¦e3¦1.5e¦1Gi5',
);
const addresses = pool(
  '127.0.0.1¦0.0.0.0¦255.255.255.255¦10.1.2.3¦192.168.0.1¦169.254.169.254¦224.0.0.1¦224.0.1.1¦239.1.1.1¦::¦::1¦fe80::1¦ff02::1¦ff12::1¦ff05::2¦ff01::1¦fd00::1¦2001:db8::abcd¦2001:DB8::ABCD¦2001:db8:0:0:0:0:0:1¦1:0:0:2:0:0:0:3¦::1.2.3.4¦64:ff9b::1.2.3.4¦1::¦1:2:3:4:5:6:7::',
);
const badAddresses = pool(
  '¦1¦1.2.3¦1.2.3.4.5¦256.1.1.1¦01.2.3.4¦1.2.3.4 ¦::ffff:1.2.3.4¦::ffff:102:304¦fe80::1%eth0¦:::1¦1::2::3¦g::¦12345::¦1:2:3:4:5:6:7¦::1.2.3¦1..2.3¦.1.2.3¦%¦1:2:3:4:5:6:1.2.3.4.5¦1:2:3:4:5:6:7:1.2.3.4',
);
const blocks = pool(
  '0.0.0.0/0¦10.0.0.0/8¦10.1.2.3/8¦192.168.0.0/16¦192.168.0.0/24¦192.168.0.1/32¦::/0¦::1/128¦2001:db8::/32¦2001:db8::1/64¦fe80::/10¦1.2.3.4/31',
);
const badBlocks = pool(
  '¦/¦1.2.3.4¦1.2.3.4/¦1.2.3.4/33¦1.2.3.4/08¦1.2.3.4/-1¦::/129¦::ffff:1.2.3.4/96¦1.2.3/8¦1.2.3.4/8/8¦fe80::1%eth0/64¦1.2.3.4/ 8¦1.2.3.4/+8',
);
const urls = pool(
  "https://example.com¦https://example.com:80/path?k=v#frag¦http://user:pass@example.com/¦HTTP://EXAMPLE.com/A%2Fb¦/absolute¦/a?x=1&x=2&y¦https://[2001:db8::1]:8443/¦https://[::1]¦mailto:a@b.c¦urn:isbn:1?q¦file:///etc/passwd¦http:///x¦https://a/b c¦https://a/ü?ü=ö¦https://a?k=%zz&l=1¦https://a?k;l=1&m=2¦https://a?¦http://a/%41%42¦*¦postgres://h1:1,h2:2/db¦http://a:¦http://%C3%BC/¦https://a/x#%41b¦http://a//b¦a://b@c@d/¦http://a/!$&'()*+,;=:@[]¦http://[fe80::1%25en0]/¦x:/y¦x:y?¦http://a?k=a+b%20c&k¦//host/path",
);
const badUrls = pool(
  '¦example.com¦../relative¦http://a b¦http://[::1¦http://[1.2.3.4]¦http://a:b¦http://a:1:2¦https://a/%¦https://a/%zz¦http://%zz¦:nope¦1http://a¦http://a\\b¦http://a<b¦http://a|b¦http://x[::1]¦http://us er@a¦http://[::1]x¦?q¦#f¦ http://a¦http://[::g]/¦http://[fe80::1%25]/',
);
const versions = pool(
  '1.0.0¦0.1.0-alpha.1¦1.2.3¦1.2.3-rc.1¦1.2.3-rc.10¦1.2.3-rc¦1.2.3+build¦2.0.0¦1.10.0¦1.2.3-1¦1.2.3-a.b-c¦18446744073709551615.0.0¦9223372036854775808.1.2¦1.0.0--',
);
const badVersions = pool(
  '¦1¦1.0¦v1.0.0¦v1¦01.02.03¦1.02.3¦1.2.3-¦1.2.3+¦1.2.3-01¦1.2.3-a..b¦a.b.c¦1.2.3.4¦ 1.2.3¦1.2-rc¦1.2.3-ü¦v01.1¦18446744073709551616.0.0¦1.-1.0¦vv1.0.0¦200K¦1.2.0003¦00¦..¦v',
);
const patterns = pool(
  'a¦a*¦b*¦^a¦a$¦a|b¦[a-z]+¦(a)(b)?¦\\b¦.¦¦x*¦(?i)A¦\\d+¦(¦a{1001}¦(?=a)¦\\1¦[[:alpha:]]+¦\\pL¦(?s).¦l{2}¦(?P<n>l)¦o?¦\\s¦^¦$¦[^,]*',
);
const texts = pool('¦a¦abc¦aaa¦banana bandana¦hello mellow¦a1b22c333¦üñí¦a😁b¦one,two,,three¦line\nline');
const formats = pool(
  'dns1123Label¦dns1123Subdomain¦dns1035Label¦qualifiedName¦dns1123LabelPrefix¦dns1123SubdomainPrefix¦dns1035LabelPrefix¦labelValue¦uri¦uuid¦byte¦date¦datetime',
);
const formatted = [
  '',
  'a',
  'my-name',
  'My-Name',
  'a.b.c',
  '-a',
  'a-',
  'a.-',
  '1abc',
  'a_b',
  'example.com/My.Name',
  'a/b/c',
  '/x',
  'a/',
  'x'.repeat(63),
  'x'.repeat(64),
  `${'x'.repeat(63)}.y`,
  'ü',
  'https://a',
  '/p',
  'example.com',
  '123e4567-e89b-12d3-a456-426614174000',
  '123E4567e89b12d3a456426614174000',
  '123e4567',
  'aGVsbG8=',
  'aGVsbG8',
  'aGVs bG8=',
  '2021-01-01',
  '2021-02-29',
  '2024-02-29',
  '1900-02-29',
  '21-01-01',
  '2021-13-01',
  '2021-01-01T00:00:00Z',
  '2021-01-01t23:59:59.9+02:00',
  '2021-01-01T24:00:00Z',
  '2021-01-01T00:00:60Z',
  '2021-01-01 00:00:00Z',
  '2021-01-01T00:00:00ZT',
  '.',
  '--',
  `${'a.'.repeat(126)}aa`,
  `${'a.'.repeat(127)}a`,
];
const templates = pool('¦%s¦%d¦%f¦%.2f¦%.0f¦%e¦%.3e¦%b¦%x¦%X¦%o¦%%¦a %s b %s¦%¦%z¦%.f¦%s%').map(quoted);
const printed = pool(
  "1¦-255¦7u¦1.5¦1234567.891¦-0.0005¦1e100¦'text'¦'é\"\\\\'¦true¦null¦b'ab'¦[1, 2]¦['a', 'b']¦[1.5, 2.0]¦{'b': 1, 'a': 2}¦{1: [true]}¦duration('1h1.5s')¦timestamp('2023-02-03T23:31:20Z')¦timestamp('2023-02-03T23:31:20.000123Z')¦int¦type(1.0)¦double('NaN')¦double('-Infinity')¦[duration('1s')]¦[b'x']¦optional.of(1)¦[null]¦{'a': {'b': [1]}}¦-9223372036854775808¦18446744073709551615u¦'NaN'¦'Infinity'",
);
const lists = pool(
  "[]¦[1]¦[3, 1, 2]¦[1, 2, 2, 3]¦[1u, 5u]¦[1.5, -2.0]¦['b', 'a', 'ab']¦[true, false]¦[duration('2s'), duration('1s')]¦[timestamp('2020-01-01T00:00:00Z')]¦[b'b', b'a']¦[[1], [2], [1]]¦[{'a': 1}, {'a': 1}]¦dyn([])¦dyn([2, 1])¦dyn([1.5])¦dyn(['x'])¦dyn([null])¦dyn([[1], [2]])¦[9223372036854775807, 1]¦[double('NaN'), 1.0]¦['😁', 'ﬀ', 'z']",
);
const lists2 = pool(
  "[]¦[1]¦[2, 1, 3]¦[1, 1]¦[dyn(1.0), 1u]¦['a', 'b']¦['b', 'b', 'a']¦[[1]]¦[[1], [2]]¦[{'a': 1}]¦[double('NaN')]¦[true]¦dyn([1, 2])¦[null]",
);
const numbers = [...ints.slice(0, 7), '9223372036854775807', ...uints, ...doubles.slice(0, 12)];
const bytes = ["b''", "b'a'", "b'ab'", "b'abc'", "b'\\xff\\x00'", "b'hello world'"];
const base64 = ['', 'YQ==', 'YQ', 'YWI=', 'YWJj', '/wA=', '_wA=', 'Y', 'YQ=', 'Y Q=', 'YQ\n==', 'YR=='].map(quoted);
const durations = pool(
  "'1h'¦'1h1m1.5s'¦'-1.5s'¦'1us'¦'0'¦'1d'¦'.5s'¦''¦'9223372036.854775807s'¦'9223372037s'¦'1e3s'¦'1h-1m'¦'+5ms'¦'5'",
);
const times = pool(
  "'2020-01-01T00:00:00Z'¦'2020-01-01T00:00:00.5+02:00'¦'0001-01-01T00:00:00Z'¦'9999-12-31T23:59:59.999999999Z'¦'2020-02-30T00:00:00Z'¦'2020-01-01'¦'2020-01-01t00:00:00z'¦'2020-01-01T00:00:00'¦'10000-01-01T00:00:00Z'¦'2020-01-01T24:00:00Z'¦'2020-01-01T00:00:00,5Z'¦'2020-1-1T00:00:00Z'",
);
const zones = ["'UTC'", "'+02:00'", "'-08:30'", "'America/New_York'", "'02:00'", "'Nope/Nope'", "''"];
const instants = times.slice(0, 4).map((time) => `timestamp(${time})`);
const q = (list) => list.map((text) => `quantity(${quoted(text)})`);
const wrap = (name, list) => list.map((text) => `${name}(${quoted(text)})`);

const anyQuantity = [...quantities, ...badQuantities].map(quoted);
const anyAddress = [...addresses, ...badAddresses].map(quoted);
const anyBlock = [...blocks, ...badBlocks].map(quoted);
const anyUrl = [...urls, ...badUrls].map(quoted);
const anyVersion = [...versions, ...badVersions].map(quoted);
const all = ['{0}', [...strings, ...numbers]];

/** [template, pools…]: each `{n}` is replaced by a value of pool n. `both`: also in cel-go with all its extensions. */
const kubernetes = [
  ['isQuantity({0})', anyQuantity],
  ['quantity({0}) == quantity({0})', anyQuantity],
  ['sign({0})', q(quantities)],
  ...['isGreaterThan', 'isLessThan', 'compareTo'].map((f) => [`{0}.${f}({1})`, q(quantities), q(quantities)]),
  ['{0} == {1}', q(quantities), q(quantities)],
  ...['isInteger', 'asInteger', 'asApproximateFloat'].map((f) => [`{0}.${f}()`, q(quantities)]),
  ...['add', 'sub'].flatMap((f) =>
    ['asApproximateFloat', 'isInteger', 'asInteger'].flatMap((g) => [
      [`{0}.${f}({1}).${g}()`, q(quantities.filter((x) => x !== '1e400')), q(quantities.filter((x) => x !== '1e400'))],
      [`{0}.${f}({1}).${g}()`, q(quantities), ints],
    ]),
  ),
  ['isIP({0})', anyAddress],
  ['string(ip({0}))', anyAddress],
  ['ip.isCanonical({0})', anyAddress],
  ...['family', 'isUnspecified', 'isLoopback', 'isLinkLocalMulticast', 'isLinkLocalUnicast', 'isGlobalUnicast'].map(
    (f) => [`ip({0}).${f}()`, addresses.map(quoted)],
  ),
  ['ip({0}) == ip({1})', addresses.map(quoted), addresses.map(quoted)],
  ['isCIDR({0})', anyBlock],
  ['string(cidr({0}))', anyBlock],
  ['string({0}.masked())', wrap('cidr', blocks)],
  ['string({0}.ip())', wrap('cidr', blocks)],
  ['{0}.prefixLength()', wrap('cidr', blocks)],
  ['{0}.containsIP({1})', wrap('cidr', blocks), anyAddress],
  ['{0}.containsIP({1})', wrap('cidr', blocks), wrap('ip', addresses)],
  ['{0}.containsCIDR({1})', wrap('cidr', blocks), anyBlock],
  ['{0} == {1}', wrap('cidr', blocks), wrap('cidr', blocks)],
  ['isURL({0})', anyUrl],
  ...['getScheme', 'getHost', 'getHostname', 'getPort', 'getEscapedPath', 'getQuery'].map((f) => [
    `url({0}).${f}()`,
    anyUrl,
  ]),
  ['url({0}) == url({1})', urls.map(quoted), urls.map(quoted)],
  ['isSemver({0})', anyVersion],
  ['isSemver({0}, true)', anyVersion],
  ...['major', 'minor', 'patch'].map((f) => [`semver({0}, true).${f}()`, anyVersion]),
  ...['isGreaterThan', 'isLessThan', 'compareTo'].map((f) => [
    `semver({0}).${f}(semver({1}))`,
    versions.map(quoted),
    versions.map(quoted),
  ]),
  ['semver({0}) == semver({1})', versions.map(quoted), versions.map(quoted)],
  ...formats.map((f) => [`format.${f}().validate({0})`, formatted.map(quoted)]),
  ['format.named({0}).hasValue()', [...formats, 'nope', ''].map(quoted)],
  ['{0}.find({1})', texts.map(quoted), patterns.map(quoted)],
  ['{0}.findAll({1})', texts.map(quoted), patterns.map(quoted)],
  ['{0}.findAll({1}, {2})', texts.map(quoted), patterns.map(quoted), ints.slice(0, 7)],
  ...['isSorted', 'sum', 'max', 'min'].map((f) => [`{0}.${f}()`, lists]),
  ...['indexOf', 'lastIndexOf', 'includes'].map((f) => [
    `{0}.${f}({1})`,
    ['dyn([1, 2, 1])', '[1, 2, 1]', "['a']", '[]', '[[1]]'],
    ['1', '2.0', 'dyn(1.0)', "'a'", '[1]', 'null', 'dyn(2u)'],
  ]),
  ['{0}.matches({1})', texts.map(quoted), patterns.map(quoted)],
];
const shared = [
  ['{0}.charAt({1})', strings, ints],
  ['{0}.indexOf({1})', strings, parts],
  ['{0}.indexOf({1}, {2})', strings, parts, ints],
  ['{0}.lastIndexOf({1})', strings, parts],
  ['{0}.lastIndexOf({1}, {2})', strings, parts, ints],
  ['{0}.lowerAscii()', strings],
  ['{0}.upperAscii()', strings],
  ['{0}.replace({1}, {2})', strings, parts, parts],
  ['{0}.replace({1}, {2}, {3})', strings, parts, parts, ints],
  ['{0}.split({1})', strings, parts],
  ['{0}.split({1}, {2})', strings, parts, ints],
  ['{0}.substring({1})', strings, ints],
  ['{0}.substring({1}, {2})', strings, ints, ints],
  ['{0}.trim()', strings],
  ['strings.quote({0})', strings],
  ['{0}.format([{1}])', templates, printed],
  ["'%s'.format([{0}])", printed],
  ["'%s %s'.format([{0}, {1}])", printed, printed],
  ['{0}.join()', ["['a', 'b']", '[]', "['x']", "dyn(['a', 1])"]],
  ['{0}.join({1})', ["['a', 'b']", '[]', "['x']"], parts],
  ...['sets.contains', 'sets.equivalent', 'sets.intersects'].map((f) => [`${f}({0}, {1})`, lists2, lists2]),
  ['{0}.slice({1}, {2})', lists, ints, ints],
  ['{0}.flatten()', ['[[1], [2]]', '[[], [1]]', '[]', 'dyn([1])', '[[[1]]]', 'dyn([1, [2, [3]]])']],
  ['{0}.flatten({1})', ['[[1], [2]]', '[[[1]]]', '[]', 'dyn([[1, [2]]])'], ints],
  ['{0}.sort()', lists],
  ['{0}.distinct()', lists],
  ['{0}.reverse()', lists],
  ['lists.range({0})', ['0', '1', '3', '-1', '1000001', '1.0']],
  ['{0}.sortBy(x, -x)', ['[3, 1, 2]', '[]', '[1.5, 2.5]', "['a']"]],
  ['{0}.sortBy(x, x.a)', ["[{'a': 2}, {'a': 1}]", "[{'a': 'z'}, {'a': 'b'}]", "[{'b': 1}]"]],
  ['{0}.first()', lists],
  ['{0}.last()', lists],
  ['string({0})', [...numbers, ...bytes, 'true', ...instants]],
  ['int({0})', [...doubles, ...uints, "'12'", "'-0'", "'1.0'", "''", "'9223372036854775808'", ...instants]],
  ['uint({0})', [...ints, ...doubles, "'12'", "'-1'"]],
  ['double({0})', [...ints, ...uints, "'1e3'", "'nan'", "'x'", "''", "'0x1p3'", "' 1'"]],
  ['bool({0})', ["'true'", "'TRUE'", "'t'", "'1'", "'f'", "'yes'", 'true']],
  ['bytes({0})', strings],
  ['string(duration({0}))', durations],
  ['int(duration({0}))', durations],
  ['string(timestamp({0}))', times],
  ['int(timestamp({0}))', times],
  ...[
    'getFullYear',
    'getMonth',
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getDayOfYear',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
  ].flatMap((f) => [
    [`{0}.${f}()`, instants],
    [`{0}.${f}({1})`, instants, zones],
  ]),
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'].map((f) => [`duration({0}).${f}()`, durations]),
  ['{0} + {1}', numbers, numbers],
  ['{0} - {1}', numbers, numbers],
  ['{0} * {1}', numbers, numbers],
  ['{0} / {1}', numbers, numbers],
  ['{0} % {1}', numbers, numbers],
  ['{0} < {1}', [...numbers, ...strings], [...numbers, ...strings]],
  ['{0} == {1}', numbers, numbers],
  ['{0} in {1}', ['1', '1.0', '1u', "'a'", 'null', '[1]'].map((x) => `dyn(${x})`), lists2],
  ['size({0})', [...strings, ...lists, ...bytes]],
  ['{0}.transformList(i, v, i)', lists2],
  ['{0}.transformMap(i, v, v)', lists2],
  ['{0}.exists_one(x, x == dyn(1))', lists2],
  ['{0}.all(x, x == dyn(1))', lists2],
  ['{0}.map(x, x)', lists2],
  ['{0}.?a', ["{'a': 1}", "{'b': 1}", 'object', 'dyn(1)', 'dyn(null)']],
  ['has({0}.a)', ["{'a': 1}", "{'b': 1}", 'object', 'dyn(1)', 'dyn(null)', "dyn('s')"]],
  ['{0}[?{1}]', ['[1, 2]', "{'a': 1}", 'dyn(1)'], ['0', '5', "'a'", '-1', 'dyn(1.0)', 'dyn(1.5)']],
  [
    '{0}[{1}]',
    ['[1, 2]', 'dyn([1, 2])', "{'a': 1}", 'dyn({1: 2})'],
    ['0', '5', "'a'", '-1', 'dyn(1.0)', 'dyn(1u)', 'dyn(1.5)'],
  ],
  [
    'optional.ofNonZeroValue({0}).hasValue()',
    [...numbers, ...lists2, ...strings.slice(0, 2), 'null', 'false', "duration('0s')", '{}'],
  ],
  all,
];
const extensions = [
  ...['ceil', 'floor', 'round', 'trunc', 'isInf', 'isNaN', 'isFinite', 'abs', 'sign', 'sqrt'].map((f) => [
    `math.${f}({0})`,
    [...numbers, '0.5', '-0.5', '-1.5', '0.49999999999999994', '-9223372036854775808'],
  ]),
  ...['bitAnd', 'bitOr', 'bitXor'].flatMap((f) => [
    [`math.${f}({0}, {1})`, ints, ints],
    [`math.${f}({0}, {1})`, uints, uints],
  ]),
  ['math.bitNot({0})', [...ints, ...uints]],
  ...['bitShiftLeft', 'bitShiftRight'].map((f) => [
    `math.${f}({0}, {1})`,
    [...ints, ...uints],
    ['0', '1', '63', '64', '100', '-1'],
  ]),
  ...['least', 'greatest'].flatMap((f) => [
    [`math.${f}({0})`, [...numbers, ...lists2]],
    [`math.${f}({0}, {1})`, numbers, numbers],
    [`math.${f}({0}, {1}, {2})`, numbers, numbers, numbers],
  ]),
  ['base64.encode({0})', bytes],
  ['base64.decode({0})', base64],
  ['{0}.reverse()', strings],
  ['cel.bind(x, {0}, x)', numbers],
  ['regex.extract({0}, {1})', texts.map(quoted), patterns.map(quoted)],
  ['regex.extractAll({0}, {1})', texts.map(quoted), patterns.map(quoted)],
  [
    'regex.replace({0}, {1}, {2})',
    texts.map(quoted),
    patterns.map(quoted),
    ['', 'X', '<\\0>', '\\1', '\\\\', '\\', '\\x', '\\9'].map(quoted),
  ],
  ['regex.replace({0}, {1}, {2}, {3})', texts.map(quoted), patterns.map(quoted), ["'X'"], ints.slice(0, 7)],
];

/** Numbers that look random and are the same on every run (mulberry32). */
let state = 42;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

function* expressionsOf([template, ...pools]) {
  const combinations = pools.reduce((product, pool) => product * pool.length, 1);
  const seen = new Set();
  for (let attempt = 0; seen.size < Math.min(perFunction, combinations) && attempt < perFunction * 20; attempt++) {
    const few = combinations <= perFunction;
    let rest = few ? attempt : random(combinations);
    const chosen = pools.map((pool) => {
      const value = pool[rest % pool.length];
      rest = Math.floor(rest / pool.length);
      return value;
    });
    const expression = template.replace(/\{(\d)\}/g, (_, index) => chosen[index]);
    if (!seen.has(expression)) yield expression;
    seen.add(expression);
  }
}

for (const [env, cases] of [
  ['kubernetes', [...kubernetes, ...shared]],
  ['ext', [...shared, ...extensions]],
]) {
  for (const shape of cases)
    for (const expression of expressionsOf(shape)) process.stdout.write(`${JSON.stringify({ env, expression })}\n`);
}
/** cel-go's own tests of comprehensions; those that speak of variables are refused, which is an answer as well. */
const suites = [getComprehensionSuite()];
for (const { suites: inner, tests } of suites) {
  suites.push(...inner);
  for (const { original } of tests)
    process.stdout.write(`${JSON.stringify({ env: 'ext', expression: original.expr })}\n`);
}

for (const expression of randomExpressions(random, 60 * perFunction)) {
  process.stdout.write(`${JSON.stringify({ env: 'kubernetes', expression })}\n`);
}
