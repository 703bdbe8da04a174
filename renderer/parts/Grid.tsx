/**
 * A list that people sort and walk through with the arrow keys. Only the rows on screen are drawn, so a long list costs no more than a
 * short one; beyond a hundred rows there are pages.
 */
import Paper from '@mui/material/Paper';
import { DataGrid } from '@mui/x-data-grid/DataGrid';
import type { GridColDef, GridRowIdGetter, GridSortModel, GridValidRowModel } from '@mui/x-data-grid';

const PAGE_ROWS = 100;

interface Props<R extends GridValidRowModel> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly GridColDef<R>[];
  readonly idOf: GridRowIdGetter<R>;
  readonly sort?: GridSortModel;
  /** The id of the row that is meant now. */
  readonly marked?: string | null;
}

export const Grid = <R extends GridValidRowModel>({ label, rows, columns, idOf, sort = [], marked = null }: Props<R>) => (
  <Paper variant="outlined" sx={{ display: 'flex', flexDirection: 'column', maxHeight: 'calc(100dvh - 250px)', minHeight: 110 }}>
    <DataGrid<R>
      aria-label={label}
      rows={rows}
      columns={columns}
      getRowId={idOf}
      getRowHeight={() => 'auto'}
      getRowClassName={({ id }) => (id === marked ? 'marked' : '')}
      initialState={{ sorting: { sortModel: [...sort] }, pagination: { paginationModel: { pageSize: PAGE_ROWS } } }}
      pageSizeOptions={[PAGE_ROWS]}
      hideFooter={rows.length <= PAGE_ROWS}
      disableRowSelectionOnClick
      disableColumnMenu
      sx={{
        'border': 0,
        '--DataGrid-containerBackground': 'var(--mui-palette-background-paper)',
        '--DataGrid-rowBorderColor': 'var(--mui-palette-divider)',
        '& .strong': { fontWeight: 700 },
        '& .marked': { backgroundColor: 'var(--mui-palette-action-selected)' },
        '& .MuiDataGrid-cell': { display: 'flex', alignItems: 'center', py: 0.5, minHeight: 44 },
        '& .MuiDataGrid-cell--textRight': { justifyContent: 'flex-end' },
        '& .MuiDataGrid-columnHeaderTitle': { fontWeight: 650, color: 'text.secondary' },
      }}
    />
  </Paper>
);
