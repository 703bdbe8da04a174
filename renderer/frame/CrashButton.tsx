/**
 * The one-click lesson, on every page: "Simulate leader crash", and after it "Recover Desk-5".
 */
import { useState } from 'react';
import BoltIcon from '@mui/icons-material/BoltOutlined';
import RecoverIcon from '@mui/icons-material/RestartAltOutlined';
import Button from '@mui/material/Button';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { crash, recover, useFaults } from '../state/faults.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { crashToggle } from './crash.ts';

let asked = false;

export const CrashButton = () => {
  const status = useView((view) => view.status);
  const peers = useView((view) => view.peers);
  const stopped = useFaults((faults) => faults.stopped);
  const connected = useView((view) => view.connected);
  const [asking, setAsking] = useState(false);
  if (status === null) return null;
  const toggle = crashToggle(status, peers, stopped);
  if (toggle.kind === 'recover') {
    return (
      <Button
        size="small"
        variant="contained"
        color="success"
        startIcon={<RecoverIcon />}
        disabled={!connected}
        onClick={() => void recover(toggle.target)}
      >
        {t.fault.recover(toggle.name)}
      </Button>
    );
  }
  const run = (): void => {
    asked = true;
    setAsking(false);
    void crash(toggle.target);
  };
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="error"
        startIcon={<BoltIcon />}
        disabled={status.phase === 'setup' || !connected}
        onClick={() => (toggle.ask && !asked ? setAsking(true) : run())}
      >
        {t.fault.crashLeader}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t.fault.askTitle}
        text={t.fault.askText(status.desk.name)}
        confirm={t.fault.askConfirm}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </>
  );
};
