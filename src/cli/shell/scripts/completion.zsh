#compdef hallpass
# Completion of hallpass for zsh, made by: hallpass completion zsh

# Offers names of one kind: roles, identities, targets, profiles, sessions, aws-profiles.
_hallpass_names() {
  local line expl
  local -a names shown
  for line in ${(f)"$(command hallpass __complete $1 2>/dev/null)"}; do
    names+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  # The names as they are: zsh quotes what needs it.
  (( $#names )) && _wanted hallpass-$1 expl ${1/targets/roles} compadd -l -d shown -a names
}

# Completes a command's options and arguments; the words begin with the command's own name.
_hallpass_command() {
  case $1 in
    #: commands
  esac
}

_hallpass() {
  local curcontext=$curcontext context state state_descr line expl
  typeset -A opt_args
  local -a children
  local key= depth=1
  while (( depth < CURRENT )); do
    children=()
    case $key in
      #: children
    esac
    (( $#children )) || break
    if (( depth + 1 == CURRENT )) && [[ $words[CURRENT] != -* ]]; then
      _describe -t commands 'hallpass command' children
      return
    fi
    [[ $words[depth+1] == -* ]] && break
    key=${key:+$key }$words[depth+1]
    (( depth++ ))
  done
  (( CURRENT -= depth - 1 ))
  shift $(( depth - 1 )) words
  _hallpass_command $key
}

if [[ $funcstack[1] == _hallpass ]]; then
  _hallpass "$@"
elif (( $+functions[compdef] )); then
  compdef _hallpass hallpass
fi
