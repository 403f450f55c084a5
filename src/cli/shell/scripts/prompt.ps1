# The role in force in the prompt of PowerShell, made by: hallpass prompt powershell
# It reads the environment, and a file without secrets that Hallpass keeps; it starts no process.

# Gives the environment, and what the prompt says; nothing when Hallpass has nothing to say.
function global:Get-HallpassState {
  #: home
  $name = $expires = $environment = $left = $null
  $also = ''
  $session = ([string]$Env:HALLPASS_SESSION) -split ' ', 4
  $bound = $Env:AWS_ACCESS_KEY_ID
  if (-not $bound -and -not $Env:AWS_PROFILE) { $bound = $Env:AWS_CONTAINER_CREDENTIALS_FULL_URI }
  if ($bound -and $session.Count -eq 4 -and $session[0] -ceq $bound) {
    # The environment's own credentials. AWS tools disagree whether a profile beside them wins.
    $expires, $environment, $name = $session[1..3]
    if ($Env:AWS_PROFILE) { $also = ' +AWS_PROFILE' }
    if ($expires -eq '0') { $left = 'served' }
  }
  elseif (-not $Env:AWS_ACCESS_KEY_ID -or $Env:AWS_PROFILE) {
    $profileName = $Env:AWS_PROFILE
    $other = $Env:AWS_DEFAULT_PROFILE
    if ($Env:AWS_ACCESS_KEY_ID) { $also = ' +AWS_ACCESS_KEY_ID' }
    if ($profileName -and $other -and $profileName -cne $other) { $also += ' +AWS_DEFAULT_PROFILE' }
    if (-not $profileName) { $profileName = $other }
    if (-not $profileName) { $profileName = 'default' }
    $config = $Env:AWS_CONFIG_FILE
    if (-not $config) { $config = Join-Path (Join-Path $HOME '.aws') 'config' }
    $config = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($config)
    $list = Join-Path $stateFolder 'prompt.tsv'
    if (-not [IO.File]::Exists($list)) { return }
    foreach ($line in [IO.File]::ReadAllLines($list)) {
      $fields = $line -split "`t"
      if ($fields.Count -eq 5 -and $fields[1] -ceq $profileName -and $fields[0] -eq $config) {
        $expires, $environment, $name = $fields[2..4]
        break
      }
    }
    if ($expires -eq '0') { $left = 'inactive' }
  }
  if (-not $name -or $expires -notmatch '^[0-9]{1,15}$') { return }
  if (-not $left) {
    $seconds = [long]$expires - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $left = if ($seconds -le 0) { 'expired' }
    elseif ($seconds -lt 60) { "${seconds}s" }
    elseif ($seconds -lt 3600) { '{0}m' -f [Math]::Floor($seconds / 60) }
    else { '{0}h{1}m' -f [Math]::Floor($seconds / 3600), [Math]::Floor($seconds % 3600 / 60) }
  }
  $word = switch ($environment) { 'prod' { 'PRODUCTION ' } 'staging' { 'staging ' } 'dev' { 'dev ' } default { '' } }
  $environment
  "[$word$($name -replace '\p{Cc}', '') $left$also]"
}

if (-not $global:HallpassOwnPrompt) { $global:HallpassOwnPrompt = $function:prompt }

function global:prompt {
  $exitCode = $global:LASTEXITCODE
  $environment, $text = Get-HallpassState
  $front = ''
  if ($text) {
    $escape = [char]27
    $color = switch ($environment) { 'prod' { '1;97;41' } 'staging' { '33' } default { '36' } }
    $front = if ($Env:NO_COLOR) { "$text " } else { "$escape[${color}m$text$escape[0m " }
  }
  $global:LASTEXITCODE = $exitCode
  "$front$(& $global:HallpassOwnPrompt)"
}
