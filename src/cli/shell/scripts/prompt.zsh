# The role in force in the prompt of zsh, made by: hallpass prompt zsh
# It reads the environment, and a file without secrets that Hallpass keeps; it starts no process.

zmodload zsh/datetime

# Sets _hallpass_text to what the prompt says, and _hallpass_environment; both empty when Hallpass has nothing to say.
_hallpass_state() {
  emulate -L zsh
  local home session=$HALLPASS_SESSION keys=$AWS_ACCESS_KEY_ID uri=$AWS_CONTAINER_CREDENTIALS_FULL_URI
  local profile=$AWS_PROFILE other=$AWS_DEFAULT_PROFILE config=${AWS_CONFIG_FILE:-$HOME/.aws/config}
  local name= expires= environment= also= left= file own until kind role
  #: home
  typeset -g _hallpass_text= _hallpass_environment=
  if [[ -n $session && ${session%% *} == "${keys:-${profile:+none}$uri}" ]]; then
    # The environment's own credentials. AWS tools disagree whether a profile beside them wins.
    session=${session#* } expires=${session%% *}
    session=${session#* } environment=${session%% *}
    name=${session#* } also=${profile:+ +AWS_PROFILE}
    [[ $expires == 0 ]] && left=served
  elif [[ -z $keys || -n $profile ]]; then
    [[ -n $keys ]] && also=' +AWS_ACCESS_KEY_ID'
    [[ -n $profile && -n $other && $profile != "$other" ]] && also+=' +AWS_DEFAULT_PROFILE'
    profile=${profile:-${other:-default}}
    case $config in
      '~/'*) config=$HOME/${config#??} ;;
      [^/]*) config=$PWD/$config ;;
    esac
    [[ -r $home/prompt.tsv ]] || return 0
    while IFS=$'\t' read -r file own until kind role; do
      if [[ $own == "$profile" && $file == "$config" ]]; then
        name=$role expires=$until environment=$kind
        break
      fi
    done <"$home/prompt.tsv"
    [[ $expires == 0 ]] && left=inactive
  fi
  [[ -n $name ]] || return 0
  case $expires in (''|*[^0-9]*) return 0 ;; esac
  if [[ -z $left ]]; then
    left=$(( 10#$expires - EPOCHSECONDS ))
    if (( left <= 0 )); then
      left=expired
    elif (( left < 60 )); then
      left=${left}s
    elif (( left < 3600 )); then
      left=$(( left / 60 ))m
    else
      left=$(( left / 3600 ))h$(( left % 3600 / 60 ))m
    fi
  fi
  _hallpass_environment=$environment
  case $environment in
    (prod) environment='PRODUCTION ' ;;
    (staging|dev) environment+=' ' ;;
    (*) environment= ;;
  esac
  _hallpass_text="[$environment${name//[[:cntrl:]]/} $left$also]"
}

# The text stands in elements of psvar, which the prompt shows as they are: 6 for production, 7 for staging, 8 for all
# else, 9 without colour.
_hallpass_prompt() {
  _hallpass_state
  psvar[6]= psvar[7]= psvar[8]= psvar[9]=
  if [[ -n $NO_COLOR || $TERM == dumb ]]; then
    psvar[9]=$_hallpass_text
  else
    case $_hallpass_environment in
      (prod) psvar[6]=$_hallpass_text ;;
      (staging) psvar[7]=$_hallpass_text ;;
      (*) psvar[8]=$_hallpass_text ;;
    esac
  fi
  # Each time, because others set the prompt anew each time.
  [[ $PROMPT == *'%6v'* ]] ||
    PROMPT='%(6V.%B%F{15}%K{1}%6v%k%f%b .)%(7V.%F{3}%7v%f .)%(8V.%F{6}%8v%f .)%(9V.%9v .)'$PROMPT
}

autoload -Uz add-zsh-hook
add-zsh-hook precmd _hallpass_prompt
