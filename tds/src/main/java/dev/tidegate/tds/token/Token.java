package dev.tidegate.tds.token;

/** One token of a response's data stream ([MS-TDS] 2.2.7). ROW and NBCROW are markers: their values follow in the reader. */
public sealed interface Token
        permits ColInfo,
                ColMetadata,
                DataClassification,
                Done,
                EnvChange,
                FeatureExtAck,
                FedAuthInfo,
                LoginAck,
                Order,
                ReturnStatus,
                ReturnValue,
                RowMarker,
                ServerMessage,
                SessionState,
                SspiToken,
                TabName {}
