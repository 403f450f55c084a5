# Completion of hallpass for PowerShell, made by: hallpass completion powershell

# For each command: its subcommands, its options (the value of one: $null for a switch), and its arguments. A value is
# an array of words, or a word for what it is: files, command, nothing, or the kind of a name.
$global:HallpassCommands = @{
  #: commands
}

Register-ArgumentCompleter -Native -CommandName hallpass, hallpass.cmd -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  # A word with a blank arrives with its quotes, and words behind the cursor are none of ours.
  $current = ([string]$wordToComplete).Trim("'", '"')
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
      Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($_.Extent.EndOffset -eq $cursorPosition -and -not $wordToComplete) } |
      ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })

  $path = ''
  $place = 0
  $wants = $null
  $ended = $false
  foreach ($word in $typed) {
    $known = $global:HallpassCommands[$path]
    if ($null -ne $wants) { $wants = $null }
    elseif (-not $ended -and $word -ceq '--') { $ended = $true }
    elseif (-not $ended -and $word -clike '-*') {
      $option = $known.Options | Where-Object { $_.Name -ceq $word } | Select-Object -First 1
      if ($option) { $wants = $option.Value }
    }
    elseif ($known.Children.Count -gt 0 -and $global:HallpassCommands.ContainsKey("$path $word".Trim())) {
      $path = "$path $word".Trim()
    }
    else { $place++ }
  }
  $known = $global:HallpassCommands[$path]

  # Text that PowerShell reads back as the word it stands for.
  function Format-Word([string]$word) {
    if ($word -match '^[A-Za-z0-9_./:+=-][A-Za-z0-9_./:+=@%-]*$') { return $word }
    "'" + ($word -replace "['\u2018\u2019\u201A\u201B]", '$0$0') + "'"
  }
  function Get-Offer([string]$word, [string]$about, [string]$prefix) {
    if (-not "$prefix$word".StartsWith($current, [StringComparison]::OrdinalIgnoreCase)) { return }
    if (-not $about) { $about = $word }
    [System.Management.Automation.CompletionResult]::new((Format-Word "$prefix$word"), $word, 'ParameterValue', $about)
  }
  function Get-Values($value, [string]$prefix) {
    if ($value -is [array]) { foreach ($word in $value) { Get-Offer $word '' $prefix } }
    elseif ($value -eq 'files') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($current.Substring($prefix.Length))
    }
    elseif ($value -notin 'nothing', 'command') {
      foreach ($line in @(& (Get-Command hallpass -CommandType Application, ExternalScript | Select-Object -First 1) __complete $value 2>$null)) {
        $name, $about = $line -split "`t", 2
        Get-Offer $name $about $prefix
      }
    }
  }

  if ($null -ne $wants) { Get-Values $wants '' }
  elseif ($ended) { }
  elseif ($current -clike '--*=*') {
    $name = $current.Substring(0, $current.IndexOf('='))
    $option = $known.Options | Where-Object { $_.Name -ceq $name } | Select-Object -First 1
    if ($option -and $null -ne $option.Value) { Get-Values $option.Value "$name=" }
  }
  elseif ($current -clike '-*') { foreach ($option in $known.Options) { Get-Offer $option.Name $option.About '' } }
  elseif ($known.Children.Count -gt 0) { foreach ($child in $known.Children) { Get-Offer $child.Name $child.About '' } }
  elseif ($place -lt $known.Arguments.Count) { Get-Values $known.Arguments[$place] '' }
}
