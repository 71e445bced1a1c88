import type { Shell } from './complete-words.ts';

/**
 * The bin of the repository that one is in, without the half second that npx takes to find it. Where there is no
 * command `idp`, the scripts define one that runs it.
 */
const nearestBin = `__idp_bin() {
  local folder="$PWD"
  while [ -n "$folder" ]; do
    if [ -x "$folder/node_modules/.bin/idp" ]; then printf '%s' "$folder/node_modules/.bin/idp"; return 0; fi
    folder="\${folder%/*}"
  done
  return 1
}
if ! command -v idp >/dev/null 2>&1; then
  idp() {
    local bin
    bin="$(__idp_bin)" || { echo 'idp: no node_modules/.bin/idp here or above' >&2; return 2; }
    "$bin" "$@"
  }
fi`;

const scripts: Readonly<Record<Shell, string>> = {
  bash: `# idp completion for bash: eval "$(npx idp completion bash)"
${nearestBin}
__idp_complete() {
  local line="\${COMP_LINE:0:COMP_POINT}" bin words typed
  bin="$(__idp_bin)" || return 0
  # COMP_WORDS breaks at = and :, so the line is split by spaces, as the verbs see it.
  read -ra words <<< "$line"
  [[ "$line" == *' ' ]] && words+=('')
  typed="\${words[\${#words[@]}-1]}"
  local IFS=$'\\n'
  COMPREPLY=($("$bin" __complete -- "\${words[@]:1}" 2>/dev/null))
  # readline replaces only what stands after the last =.
  if [[ "$typed" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then COMPREPLY=("\${COMPREPLY[@]#"\${typed%=*}="}"); fi
  [[ "\${COMPREPLY[0]-}" == *= ]] && compopt -o nospace
  return 0
}
complete -F __idp_complete idp
`,
  zsh: `# idp completion for zsh: eval "$(npx idp completion zsh)", after compinit
${nearestBin}
__idp_complete() {
  local bin
  bin="$(__idp_bin)" || return 0
  local -a found
  found=("\${(@f)$("$bin" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  compadd -Q -S '' -- \${(M)found:#*=}
  compadd -Q -- \${found:#*=}
}
compdef __idp_complete idp
`,
  fish: `# idp completion for fish: npx idp completion fish | source
function __idp_bin
  set -l folder $PWD
  while test -n "$folder"
    if test -x "$folder/node_modules/.bin/idp"
      echo "$folder/node_modules/.bin/idp"
      return 0
    end
    set folder (string replace -r '/[^/]*$' '' -- $folder)
  end
  return 1
end
if not command -q idp
  function idp
    set -l bin (__idp_bin); or begin
      echo 'idp: no node_modules/.bin/idp here or above' >&2
      return 2
    end
    $bin $argv
  end
end
function __idp_complete
  set -l bin (__idp_bin); or return 0
  set -l words (commandline -opc) (commandline -ct)
  $bin __complete -- $words[2..-1] 2>/dev/null
end
complete -c idp -f -a '(__idp_complete)'
`,
};

/** A script that a shell reads at its start; it asks the bin what could follow, so it never grows old. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}
