/**
 * A button that asks for a file and hands it over; the same file can be chosen again.
 */
import { useRef } from 'react';
import FileIcon from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';

interface Props {
  readonly label: string;
  /** As in the `accept` of an HTML input. */
  readonly accept: string;
  onFile(file: File): void;
}

export function FileButton({ label, accept, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FileIcon />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
