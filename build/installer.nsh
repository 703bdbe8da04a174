; Windows asks about the firewall when a program first listens, and names it badly when nobody may answer. An installation for all
; users has the right to add the rule itself: for private and domain networks only, never public ones. Removed with the program,
; kept over an update.
!macro customInstall
  ${if} $installMode == "all"
    ${ifNot} ${isUpdated}
      MessageBox MB_YESNO|MB_ICONQUESTION "Allow Tradepost to talk to other desktops on private networks?$\r$\n$\r$\nThis adds a rule to the Windows firewall. Without it Windows will ask when Tradepost first starts." /SD IDYES IDNO skipRule
      nsExec::Exec 'netsh advfirewall firewall delete rule name="Tradepost"'
      nsExec::Exec 'netsh advfirewall firewall add rule name="Tradepost" dir=in action=allow protocol=UDP program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" profile=private,domain'
      skipRule:
    ${endIf}
  ${endIf}
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    nsExec::Exec 'netsh advfirewall firewall delete rule name="Tradepost"'
  ${endIf}
!macroend
