# Completion of hallpass for bash, made by: hallpass completion bash

# Sets subs, opts and args to what the command offers: names of commands, options, and what each argument may be.
_hallpass_describe() {
  subs=() opts=() args=()
  case $1 in
    #: commands
  esac
}

# Sets spec to what the value of an option may be; empty for an option without one.
_hallpass_value() {
  spec=
  case $1 in
    #: values
  esac
}

# Splits what was typed into words, without their quotes. Sets words; open, the quote that the last word has begun; and
# kept, the part of the last word that bash does not replace: it breaks words at each character of COMP_WORDBREAKS.
_hallpass_split() {
  local text=$1 i char quote= word= begun= inside=
  words=() open= kept=
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    if [[ $quote == "'" ]]; then
      if [[ $char == "'" ]]; then quote=; else word+=$char; fi
    elif [[ $char == \\ ]]; then
      char=${text:i+1:1} begun=1
      if [[ $quote && $char != [\\\"\$\`] ]]; then
        word+=\\
      else
        word+=$char i=$((i + 1))
      fi
    elif [[ $quote ]]; then
      if [[ $char == '"' ]]; then quote=; else word+=$char; fi
    elif [[ $char == [\"\'] ]]; then
      quote=$char begun=1 inside=$word
    elif [[ $char == [[:space:]] ]]; then
      [[ ! $begun ]] || words+=("$word")
      word= begun= kept=
    else
      # An @ is replaced with what is behind it, the other characters stay.
      [[ $char != @ || $COMP_WORDBREAKS != *@* ]] || kept=$word
      word+=$char begun=1
      [[ $char == @ || $COMP_WORDBREAKS != *"$char"* ]] || kept=$word
    fi
  done
  words+=("$word")
  open=$quote
  [[ ! $open ]] || kept=$inside
}

# Offers each of the words, with prefix in front, that begins as the last word does; quoted as that is.
_hallpass_offer() {
  local name rest
  for name; do
    name=$prefix$name
    [[ $name == "$current"* && $name != "$kept" ]] || continue
    rest=${name:${#kept}}
    case $open in
      \') rest=${rest//\'/\'\\\'\'} ;;
      \") rest=${rest//\\/\\\\} rest=${rest//\"/\\\"} rest=${rest//\$/\\\$} rest=${rest//\`/\\\`} ;;
      *) printf -v rest %q "$rest" ;;
    esac
    COMPREPLY+=("$rest")
  done
}

_hallpass_offer_values() {
  local names=() name
  case $1 in
    nothing) return ;;
    'words '*) read -r -a names <<<"${1#words }" ;;
    files)
      # Readline's own way knows about folders, blanks and home folders; older versions of bash can't be asked for it.
      compopt -o default 2>/dev/null && return
      while IFS= read -r name; do names+=("$name"); done < <(compgen -f -- "${current#"$prefix"}")
      ;;
    *)
      while IFS=$'\t' read -r name _; do names+=("$name"); done < <(command hallpass __complete "$1" 2>/dev/null)
      ;;
  esac
  [[ ${#names[@]} -eq 0 ]] || _hallpass_offer "${names[@]}"
}

# Completes the command behind -- as if it stood alone.
_hallpass_command() {
  local i=0 name by=
  while [[ $i -lt $COMP_CWORD && ${COMP_WORDS[i]} != -- ]]; do i=$((i + 1)); done
  i=$((i + 1))
  for name in _comp_command_offset _command_offset; do
    if declare -F "$name" >/dev/null; then
      "$name" "$i"
      return
    fi
  done
  COMP_WORDS=("${COMP_WORDS[@]:i}") COMP_CWORD=$((COMP_CWORD - i))
  if [[ $COMP_CWORD -eq 0 ]]; then
    while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -c -- "${COMP_WORDS[0]}")
    return
  fi
  COMP_LINE=${COMP_LINE#* -- } COMP_POINT=${#COMP_LINE}
  name=$(complete -p -- "${COMP_WORDS[0]}" 2>/dev/null)
  if [[ $name == *' -F '* ]]; then
    by=${name#* -F }
    by=${by%% *}
  fi
  if [[ $by ]] && declare -F "$by" >/dev/null; then
    "$by" "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  else
    _hallpass_offer_values files
  fi
}

_hallpass() {
  local IFS=$' \t\n' words subs opts args spec open kept prefix= current path= word i place=0 wants= ended=
  COMPREPLY=()
  _hallpass_split "${COMP_LINE:0:COMP_POINT}"
  current=${words[${#words[@]} - 1]}
  _hallpass_describe ''
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ $wants ]]; then
      wants=
    elif [[ ! $ended && $word == -- ]]; then
      ended=1
    elif [[ ! $ended && $word == -* ]]; then
      _hallpass_value "$path $word"
      wants=$spec
    elif [[ ${#subs[@]} -gt 0 ]]; then
      path=${path:+$path }$word
      _hallpass_describe "$path"
    else
      place=$((place + 1))
    fi
  done
  if [[ $wants ]]; then
    _hallpass_offer_values "$wants"
  elif [[ $ended && $place -gt 0 && ${args[1]-} == command ]]; then
    _hallpass_command
  elif [[ ! $ended && $current == --*=* ]]; then
    prefix=${current%%=*}=
    _hallpass_value "$path ${current%%=*}"
    [[ ! $spec ]] || _hallpass_offer_values "$spec"
  elif [[ ! $ended && $current == -* ]]; then
    _hallpass_offer ${opts[@]+"${opts[@]}"}
  elif [[ ${#subs[@]} -gt 0 ]]; then
    _hallpass_offer "${subs[@]}"
  elif [[ $place -lt ${#args[@]} && ${args[place]} != command ]]; then
    _hallpass_offer_values "${args[place]}"
  elif [[ ! $current && ! $ended ]]; then
    _hallpass_offer ${opts[@]+"${opts[@]}"}
  fi
}

complete -F _hallpass hallpass
