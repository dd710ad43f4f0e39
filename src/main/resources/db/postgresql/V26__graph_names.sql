-- How many edges a node has, so that the most connected nodes are found without going through all edges.
ALTER TABLE graph_nodes ADD COLUMN degree INTEGER DEFAULT 0 NOT NULL;

-- By which version of the rule (GraphNames) the words of its name are in graph_node_words; 0 when they are not there yet.
ALTER TABLE graph_nodes ADD COLUMN named_by SMALLINT DEFAULT 0 NOT NULL;

-- Also for questions about all projects, whose statements name no project.
CREATE INDEX graph_nodes_by_id ON graph_nodes (node_id);
DROP INDEX graph_edges_by_source;
DROP INDEX graph_edges_by_target;
CREATE INDEX graph_edges_by_source ON graph_edges (source_id, target_id, project_id);
CREATE INDEX graph_edges_by_target ON graph_edges (target_id, project_id);

UPDATE graph_nodes SET degree = (SELECT COUNT(*) FROM graph_edges e
  WHERE e.project_id = graph_nodes.project_id AND e.source_id = graph_nodes.node_id);
UPDATE graph_nodes SET degree = degree + (SELECT COUNT(*) FROM graph_edges e
  WHERE e.project_id = graph_nodes.project_id AND e.target_id = graph_nodes.node_id);
CREATE INDEX graph_nodes_by_degree ON graph_nodes (degree);

-- The words of nodes' names, folded, and their ids: by what they begin with.
CREATE TABLE graph_node_words (
  project_id VARCHAR(64)  NOT NULL,
  node_id    VARCHAR(300) NOT NULL,
  word       VARCHAR(100) COLLATE "C" NOT NULL,
  PRIMARY KEY (project_id, node_id, word)
);
CREATE INDEX graph_node_words_by_word ON graph_node_words (word, project_id, node_id);
