"""Files are cut off while they stream in: Django itself has no limit for the size of a file."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from providers.documents.upload_limits import BODY, TOO_LARGE, UPLOAD
from qa_portal.core.rules import Refused


class OversizedFile(UploadedFile):
    """Stands for a file whose contents were thrown away; whoever reads it is told why there are none."""

    def read(self, *args):
        raise Refused(TOO_LARGE)

    def chunks(self, chunk_size=None):
        raise Refused(TOO_LARGE)


class CappedUploadHandler(FileUploadHandler):
    """First of `FILE_UPLOAD_HANDLERS`. A file over the limit is dropped while the answers beside it are kept;
    a body far over the limit is not read at all (413); and somebody who is not signed in stores nothing.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > BODY:
            raise RequestDataTooBig(f"The request is over {BODY} bytes.")

    def new_file(self, *args, **options):
        super().new_file(*args, **options)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        return raw_data if self.received <= UPLOAD else None

    def file_complete(self, file_size):
        if file_size <= UPLOAD:
            return None
        return OversizedFile(None, self.file_name, self.content_type, file_size, self.charset)
